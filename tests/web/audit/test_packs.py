"""The auditor's pack on pages: own seed, made by the worker, locked, logged (R145)."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from payforsuccess.runs.statement.statements import issue
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import AuditPack, Event
from payforsuccess.web.audit.packs.making import file_of
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.jobs.actions import claim, finish
from payforsuccess.web.jobs.kinds import DOING
from tests.lib.deals import a_deal, a_term
from tests.lib.folders import a_folder, draft, sign
from tests.web.cast import Cast, make_cast

SLUG = "audited"
SEED = "dice 4 2 6 1"
PEOPLE = "\n".join(f"homes,1,k{at:02d},1,jail:{at}" for at in range(1, 13))
PACKS = reverse("audit:packs", args=[SLUG])
NEW = reverse("audit:pack-new", args=[SLUG])


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def holder(key: rsa.RSAPrivateKey) -> bytes:
    """The certificate of whoever audits."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An auditor")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM)


@pytest.fixture
def audited(db: None) -> Iterator[Cast]:
    """A contract with one statement over twelve people."""
    folder = Path(settings.DEALS) / SLUG
    a_folder(folder, a_deal(standing="contract", payments=[a_term(price="10")]), people=PEOPLE)
    sign(folder)
    draft(folder)
    issue(folder)
    yield make_cast(SLUG, "Homes that are audited", folder)
    shutil.rmtree(folder)


def ask(audited: Cast, holder: bytes = b"", **said: str) -> HttpResponse:
    """The Auditor-Controller asks for a pack."""
    entered: dict[str, object] = {"statement": "1", "seed": SEED, "sample": "5", **said}
    if holder:
        entered["certificate"] = SimpleUploadedFile("auditor.pem", holder)
    return audited.sign_in("auditor-controller", fresh=True).post(NEW, entered)


def work() -> None:
    """The worker does what waits."""
    job = claim(by=SYSTEM, stale_before=timezone.now())
    assert job is not None and job.kind == "audit-pack"
    finish(by=SYSTEM, job=job, result=DOING[job.kind](job, lambda _: None))


def test_from_a_seed_to_a_file_that_only_the_auditor_opens(
    audited: Cast, holder: bytes, key: rsa.RSAPrivateKey
) -> None:
    assert ask(audited, holder)["Location"] == PACKS
    client = audited.sign_in("auditor-controller", fresh=True)
    assert "A pack is being made" in client.get(PACKS).content.decode()
    work()

    pack = AuditPack.objects.get()
    assert "5 of 12" in client.get(PACKS).content.decode()
    answer = client.get(reverse("audit:pack-file", args=[SLUG, pack.public_id]))

    assert answer["Content-Disposition"].endswith(f'{pack.public_id}.zip.p7m"')
    plain = pkcs7.pkcs7_decrypt_der(answer.content, x509.load_pem_x509_certificate(holder), key, [])
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        assert SEED in archive.read("pack.json").decode()
    verbs = Event.objects.filter(verb__startswith="audit-pack").order_by("number")
    assert [e.verb.removeprefix("audit-pack.") for e in verbs] == ["asked", "made", "downloaded"]
    assert verbs[1].after["checksum"] == verbs[2].after["checksum"] == pack.checksum


def test_the_seed_is_in_no_log_and_locked_in_the_database(audited: Cast, holder: bytes) -> None:
    from django.db import connection

    ask(audited, holder)

    assert not any(SEED in str(event.after) for event in Event.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT seed FROM audit_auditpack")
        assert SEED not in str(cursor.fetchall())


def test_people_of_a_contract_never_leave_without_a_certificate(audited: Cast) -> None:
    Initiative.objects.update(is_synthetic=False)

    assert ask(audited).status_code == 200
    assert not AuditPack.objects.exists()


def test_what_cannot_be_made_says_why_and_the_rest_is_made(audited: Cast, holder: bytes) -> None:
    ask(audited)  # the county is made up, so the form asks for none; the contract does
    ask(audited, holder)
    work()

    page = audited.sign_in("auditor-controller").get(PACKS).content.decode()
    assert "nothing would keep others from opening it" in page
    assert sorted(AuditPack.objects.values_list("state", flat=True)) == ["made", "refused"]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"seed": "dice"}, "at least 6"),
        ({"sample": "0"}, "greater than or equal to 1"),
        ({"statement": "2"}, "not one of the available"),
    ],
)
def test_wishes_that_nobody_can_fulfil_are_refused(
    audited: Cast, holder: bytes, said: dict[str, str], says: str
) -> None:
    assert says in ask(audited, holder, **said).content.decode()
    assert not AuditPack.objects.exists()


def test_a_file_that_is_no_certificate_is_refused(audited: Cast) -> None:
    assert "no certificate in PEM" in ask(audited, b"%PDF").content.decode()


def test_a_pack_that_was_destroyed_with_its_records_is_said_to_be_gone(
    audited: Cast, holder: bytes
) -> None:
    ask(audited, holder)
    work()
    pack = AuditPack.objects.get()
    file_of(pack).unlink()
    client = audited.sign_in("auditor-controller", fresh=True)

    assert "Destroyed with the records" in client.get(PACKS).content.decode()
    gone = client.get(reverse("audit:pack-file", args=[SLUG, pack.public_id]))
    assert gone.status_code == 404


def test_a_try_that_was_killed_is_made_again_under_the_same_name(
    audited: Cast, holder: bytes
) -> None:
    ask(audited, holder)
    pack = AuditPack.objects.get()
    file_of(pack).parent.mkdir(parents=True, exist_ok=True)
    file_of(pack).write_bytes(b"half")
    work()

    assert [path.name for path in file_of(pack).parent.glob("*")] == [pack.file_name]
    assert file_of(pack).read_bytes() != b"half"
