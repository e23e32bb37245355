"""The words of the page of participants' rights, in the languages it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class RightsWords:
    """Every sentence of the page in one language; what stands in braces is filled in."""

    title: str
    about: str
    kept: str
    table: str
    columns: tuple[str, str, str, str]
    bases: Mapping[str, str]
    anyone: str
    until: str
    no_day: str
    matched: str
    read_besides: str
    key_destroyed: str
    key_past: str
    hold: str
    sees: str
    levels: Mapping[str, str]
    nobody_else: str
    by_chance: str
    no: str
    no_by_consent: str
    no_otherwise: str
    tell: str
    after: str
    after_consent: str
    after_signed: str
    after_otherwise: str
    served: str
    not_served: str
    service_open: str
    ask_open: str
    complain: str
    complain_open: str
    record: str
    record_whole: str
    made_up: tuple[str, str]
    published: tuple[str, str]
    months: tuple[str, ...]
    day: str
    kinds: Mapping[str, str]
    details: Mapping[str, str]
    also: str
    past: str
    and_: str
    own_records: str
    by_name: Mapping[str, str]
    by_office: str
    looks: str
    others: str
    ask_worker: str
    complain_group: str


ENGLISH = RightsWords(
    title="Your rights",
    about="{programme} is paid by whether it helps. To see whether it does, records about the "
    "people it serves are read. You have a right to know which, and what you can do.",
    kept="What is kept about you",
    table="Records that are read, who keeps them, and until when",
    columns=("What is kept", "Who keeps it", "Why it may be used", "Kept until"),
    bases={
        "consent": "only if you say yes",
        "agreement": "an agreement between the offices",
        "statute": "a law",
        "court-order": "a court's order",
    },
    anyone="anyone can see it",
    until="{day}",
    no_day="no day is set",
    matched="These are read only to find which records are yours: {details}.",
    read_besides="These are read too: {details}.",
    key_destroyed="What ties you to these records is destroyed by {day}.",
    key_past="What ties you to these records was to be destroyed by {day}: ask if it was.",
    hold="An order, {reference}, forbids destroying some records before it is lifted.",
    sees="Who sees it",
    levels={
        "person-rows": "{who}: your records without your name",
        "totals": "{who}: numbers about groups of people, small groups hidden",
        "nothing": "{who}: nothing that leaves the office that keeps it",
    },
    nobody_else="What others are shown are numbers about many people, never your name.",
    by_chance="Chance decides who is offered a place; you may ask how.",
    no="How to say no",
    no_by_consent="You can say no, or take back a yes, at any time. You need no reason.",
    no_otherwise="Where a law or an agreement lets records be used, you are not asked each time. "
    "You may still ask what is kept about you, and say that you object.",
    tell="Tell or ask: {ask}",
    after="What happens then",
    after_consent="Records that need your yes are no longer used, from the next time that "
    "records are read.",
    after_signed="Results that were signed before stay as they are; they hold numbers, not names.",
    after_otherwise="If you object to records that a law or an agreement lets be used, the law "
    "decides what has to be done.",
    served="You are served all the same.",
    not_served="The programme cannot serve you without these records.",
    service_open="Not agreed yet: whether you are served all the same. The parties write it here.",
    ask_open="Not known yet: the parties write an office here, with a telephone number.",
    complain="To complain: {complain}",
    complain_open="To complain: not known yet; the parties write an office here.",
    record="The English text is the one that counts. This page is also there in Spanish.",
    record_whole="The English text is the one that counts. This page is also there in Spanish.",
    made_up=("Made up", "This page is about a deal that is made up or for practice."),
    published=(
        "From published sources",
        "The terms of this deal were read from public sources, not from the contract.",
    ),
    months=(),
    day="",
    kinds={
        "programme-enrolments": "That you were referred and enrolled, and when",
        "housing-subsidy": "Your leases, and when you moved in and out",
        "hmis": "Stays and services for people without a home",
        "jail-bookings": "When you were taken to jail and released",
        "deaths": "Who died, and when",
        "benefits": "Benefits that you received",
        "child-welfare": "Child welfare cases and placements",
        "consents": "What you said yes to, and when",
        "court-cases": "Court cases",
        "health-encounters": "Visits to health care",
        "probation": "Time on probation",
        "provider-services": "Services that you received",
        "quarterly-wages": "Wages in each quarter of a year",
        "school-enrolment": "Days at school",
    },
    details={
        "name": "your name",
        "birth": "your day of birth",
        "ssn": "your Social Security number",
        "sex": "your sex",
        "street": "your street and city",
        "postcode": "your ZIP code",
        "number": "the numbers offices know you by",
        "age": "your age",
        "race": "your race or ethnic group",
        "language": "your language",
        "disability": "a disability",
        "risk": "how high a risk you were rated",
        "referred": "who referred you",
        "offer": "whether you could join and wanted to",
        "group": "which group you were put in",
        "place": "which place or project",
        "veteran": "whether you were in the military",
        "household": "your place in your household",
        "moved": "where you moved to",
        "slept": "where you slept",
        "violence": "violence at home",
        "released": "how you were released",
        "arrest": "your arrest",
        "charges": "charges, and how they ended",
        "programme": "which benefit",
        "amount": "amounts of money",
        "removed": "kind of placement, removal, and why it ended",
        "consent": "for what, for whom, and on which form",
        "court": "how serious, hearings, and how it ended",
        "health": "kind of visit and diagnosis",
        "payments": "rent and other payments",
        "probation": "kind of probation, and violations",
        "service": "kind and amount of services",
        "assessment": "what assessments found",
        "employer": "your employer",
        "school": "school, grade, and days absent",
        "past": "work, marriage, parole and earlier convictions",
        "background": "schooling and marriage",
    },
    also="{kind}. Also: {details}",
    past="{day}, which is past: ask if it is destroyed",
    and_="and",
    own_records="The programme's own records, which {who} keeps, hold your name, date of birth, "
    "and, if you gave them, your Social Security number, sex, race and language; what the office "
    "that referred you wrote; your telephone and address; your homes; contacts with you and notes "
    "about them; what you said yes or no to; what to do for you; reports that a record about you "
    "is wrong; and stays in jail where an agreement or your yes lets them be told.",
    by_name={
        "name": "your name",
        "contact": "your telephone and address",
        "notes": "notes about you",
    },
    by_office="{who}, only if it referred you: your name, what it wrote, and whether you have a "
    "place",
    looks="Whoever opens your page is written down.",
    others="Others are shown numbers about many people, never your name.",
    ask_worker="your case manager, or {who}",
    complain_group="{who}, or your case manager's supervisor",
)

SPANISH = RightsWords(
    title="Sus derechos",
    about="A {programme} se le paga según si ayuda. Para ver si ayuda, se leen registros sobre las "
    "personas que atiende. Usted tiene derecho a saber cuáles son y qué puede hacer.",
    kept="Qué se guarda sobre usted",
    table="Registros que se leen, quién los guarda y hasta cuándo",
    columns=("Qué se guarda", "Quién lo guarda", "Por qué se puede usar", "Se guarda hasta"),
    bases={
        "consent": "solo si usted dice que sí",
        "agreement": "un acuerdo entre las oficinas",
        "statute": "una ley",
        "court-order": "una orden de un tribunal",
    },
    anyone="cualquiera puede verlo",
    until="{day}",
    no_day="no hay fecha fijada",
    matched="Esto se lee solo para encontrar cuáles registros son suyos: {details}.",
    read_besides="También se lee: {details}.",
    key_destroyed="Lo que une sus datos con estos registros se destruye a más tardar el {day}.",
    key_past="Lo que une sus datos con estos registros debía destruirse a más tardar el {day}: "
    "pregunte si se hizo.",
    hold="Una orden, {reference}, prohíbe destruir algunos registros mientras esté vigente.",
    sees="Quién lo ve",
    levels={
        "person-rows": "{who}: sus registros sin su nombre",
        "totals": "{who}: cifras sobre grupos de personas; los grupos pequeños se ocultan",
        "nothing": "{who}: nada que salga de la oficina que lo guarda",
    },
    nobody_else="A los demás se les muestran cifras sobre muchas personas, nunca su nombre.",
    by_chance="El azar decide a quién se ofrece un lugar; usted puede preguntar cómo.",
    no="Cómo decir que no",
    no_by_consent="Usted puede decir que no, o retirar su sí, en cualquier momento. No tiene que "
    "dar razones.",
    no_otherwise="Cuando una ley o un acuerdo permite usar los registros, no se le pregunta cada "
    "vez. De todos modos puede preguntar qué se guarda sobre usted y decir que se opone.",
    tell="Avise o pregunte: {ask}",
    after="Qué pasa después",
    after_consent="Los registros que necesitan su sí dejan de usarse desde la próxima vez que se "
    "lean registros.",
    after_signed="Los resultados firmados antes quedan como están; tienen cifras, no nombres.",
    after_otherwise="Si se opone al uso de registros que una ley o un acuerdo permite usar, la ley "
    "decide qué se tiene que hacer.",
    served="De todos modos se le atiende.",
    not_served="El programa no puede atenderle sin estos registros.",
    service_open="Aún no acordado: si de todos modos se le atiende. Las partes lo escriben aquí.",
    ask_open="Aún no se sabe: las partes escriben aquí una oficina, con un número de teléfono.",
    complain="Para quejarse: {complain}",
    complain_open="Para quejarse: aún no se sabe; las partes escriben aquí una oficina.",
    record="El texto que vale es el inglés. Esta es una traducción; los nombres y lo que las "
    "partes escribieron están en inglés.",
    record_whole="El texto que vale es el inglés. Esta es una traducción.",
    made_up=("Inventado", "Esta página trata de un acuerdo inventado o de práctica."),
    published=(
        "De fuentes publicadas",
        "Los términos de este acuerdo se leyeron en fuentes públicas, no en el contrato.",
    ),
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    day="{day} de {month} de {year}",
    kinds={
        "programme-enrolments": "Que fue referido e inscrito, y cuándo",
        "housing-subsidy": "Sus contratos de alquiler, y cuándo entró y salió de la vivienda",
        "hmis": "Estancias y servicios para personas sin hogar",
        "jail-bookings": "Cuándo entró a la cárcel y cuándo salió",
        "deaths": "Quién falleció, y cuándo",
        "benefits": "Beneficios que recibió",
        "child-welfare": "Casos y colocaciones de bienestar infantil",
        "consents": "A qué dijo que sí, y cuándo",
        "court-cases": "Casos en los tribunales",
        "health-encounters": "Visitas de atención médica",
        "probation": "Tiempo en libertad a prueba",
        "provider-services": "Servicios que recibió",
        "quarterly-wages": "Salarios de cada trimestre",
        "school-enrolment": "Días en la escuela",
    },
    details={
        "name": "su nombre",
        "birth": "su fecha de nacimiento",
        "ssn": "su número de Seguro Social",
        "sex": "su sexo",
        "street": "su calle y ciudad",
        "postcode": "su código postal",
        "number": "los números con que las oficinas le identifican",
        "age": "su edad",
        "race": "su raza o grupo étnico",
        "language": "su idioma",
        "disability": "una discapacidad",
        "risk": "qué nivel de riesgo le asignaron",
        "referred": "quién le refirió",
        "offer": "si podía entrar y si quiso",
        "group": "en qué grupo le pusieron",
        "place": "qué lugar o proyecto",
        "veteran": "si estuvo en las fuerzas armadas",
        "household": "su lugar en el hogar",
        "moved": "a dónde se mudó",
        "slept": "dónde dormía",
        "violence": "violencia en el hogar",
        "released": "cómo salió",
        "arrest": "su arresto",
        "charges": "los cargos y cómo terminaron",
        "programme": "qué beneficio",
        "amount": "cantidades de dinero",
        "removed": "tipo de colocación, retiro del hogar y por qué terminó",
        "consent": "para qué, para quién y en qué formulario",
        "court": "gravedad, audiencias y cómo terminó",
        "health": "tipo de visita y diagnóstico",
        "payments": "alquiler y otros pagos",
        "probation": "tipo de libertad a prueba e infracciones",
        "service": "tipo y cantidad de servicios",
        "assessment": "qué mostraron las evaluaciones",
        "employer": "su empleador",
        "school": "escuela, grado y días de ausencia",
        "past": "trabajo, matrimonio, libertad condicional y condenas anteriores",
        "background": "estudios y matrimonio",
    },
    also="{kind}. También: {details}",
    past="{day}, fecha ya pasada: pregunte si se destruyó",
    and_="y",
    own_records="Los registros propios del programa, que guarda {who}, contienen su nombre, fecha "
    "de nacimiento y, si los dio, su número de Seguro Social, sexo, raza e idioma; lo que escribió "
    "la oficina que le refirió; su teléfono y dirección; sus viviendas; los contactos con usted y "
    "notas sobre ellos; a qué dijo sí o no; lo que hay que hacer por usted; informes de que un "
    "registro sobre usted está mal; y estancias en la cárcel si un acuerdo o su sí permite "
    "contarlas.",
    by_name={
        "name": "su nombre",
        "contact": "su teléfono y dirección",
        "notes": "notas sobre usted",
    },
    by_office="{who}, solo si le refirió: su nombre, lo que escribió, y si usted tiene un lugar",
    looks="Se anota quién abre su página.",
    others="A los demás se les muestran cifras sobre muchas personas, nunca su nombre.",
    ask_worker="su encargado del caso, o {who}",
    complain_group="{who}, o quien supervisa a su encargado del caso",
)

WORDS = {"en": ENGLISH, "es": SPANISH}
