"""The words names and addresses are made of: common ones and made-up ones, no list of real people.

The earlier in its list, the more often a name is drawn. Surnames that are not in the short list are
put together from two halves, so that a county has thousands of them, most of them rare.
"""

from __future__ import annotations

import numpy as np

from payforsuccess.records.simulate.draws import Letters

WIDTH = 20
"""The longest name, in letters, a typing error more included."""

_FEMALE = """Maria Jennifer Ana Jessica Linda Rosa Patricia Elena Ashley Nicole Michelle Angela
Carmen Teresa Kim Sofia Laura Brenda Monica Grace Diana Latoya Keisha Mei Ruth Alicia Norma
Gloria Tanya Denise Emily Hannah Olivia Irene Marta Lucia Yolanda Paula Sandra Deborah Ximena
Priya Leila Amina Thuy Lan Naomi Esther Judith Camila Daniela Fatima Ingrid Joy Kayla Lorena
Megan Nadia Opal Petra Quinn Renee Silvia Tamara Ursula Vera Wendy Yvette Zoe Bianca Celeste
Dolores Evelyn Faith Gina"""
_MALE = """Jose Michael Juan David Luis Robert Carlos James Daniel John Miguel Kevin Anthony
Jesus Christopher Brian Marcus Darnell Tyrone Eric Jorge Francisco Ramon Victor Thomas Andre
Minh Wei Raymond Samuel Oscar Pedro Richard Joseph Jamal Omar Ali Hector Ivan Walter Steven
Gerald Leroy Curtis Felix Arturo Rafael Manuel Dwayne Terrence Isaac Elijah Noah Liam Mateo
Diego Ernesto Gustavo Hugo Joaquin Kenji Lamar Mario Nathan Orlando Paul Quentin Rodrigo Sergio
Trevor Ulises Vincent Wilson Xavier Yusuf Zachary Abel Bruno Cesar Dmitri"""
_FIRST_HALVES = (
    """Ka De La Mar Sha Ty Jo Ro Ali Da Le Ra Tre Mi Na El Cor An Ja Bri Lu Sa Ve Or Ke"""
)
_FEMALE_HALVES = """risha neesha lena mira shelle nique vonne lyn ana ella issa ora dia rika
bel"""
_MALE_HALVES = """shawn mond rell vin ton quan riel dan lon mar neth drick vonte bert ren"""
_FAMILY = """Garcia Smith Hernandez Johnson Lopez Williams Martinez Brown Gonzalez Jones
Rodriguez Davis Perez Nguyen Sanchez Kim Ramirez Lee Flores Jackson Torres Harris Rivera Thomas
Gomez Robinson Diaz Walker Cruz Young Morales Allen Reyes Wright Gutierrez Scott Ortiz Green
Chavez Adams Ramos Baker Ruiz Hill Alvarez Campbell Mendoza Mitchell Castillo Roberts Jimenez
Carter Vasquez Phillips Romero Evans Herrera Turner Medina Parker Aguilar Collins Vargas Edwards
Castro Stewart Guzman Morris Mendez Murphy Munoz Cook Salazar Rogers Soto Cooper Park Reed Tran
Bailey Pham Bell Chen Howard Wong O'Neal D'Angelo Singh Patel Khan Ali Cohen Ivanov Petrov Silva
Santos Reyes-Cruz Lopez-Diaz"""
_LAND = """Ash Birch Black Bram Brook Burn Cald Carl Chad Clay Cliff Cole Cran Dal Dray Ell Fair
Fen Fern Garth Glen Gold Grey Hal Hart Hazel Heath Holm Horn Kel Kirk Lang Lark Lin Lock Mar
Mead Mill Moor Nor Oak Pem Pen Quar Rad Raven Red Rush Sal Sel Shel Stan Stock Sut Thorn Wain
Wal War Wel West Whit Wil Win Wood Wynd"""
_PLACE = """ley ton field wood ford well man son worth by croft dale den ham hurst land lock
more ridge stead stone ward wick win burn bury combe cott gate"""
_STREETS = """Alder Beacon Cedar Dahlia Eagle Fig Grove Hollow Iris Juniper Kestrel Lantern Mesa
Nutmeg Orchard Poplar Quarry Ridge Sage Tamarind Umber Violet Willow Yarrow Zephyr Canyon Harbor
Mission Orange Pacific Sunset Vista Palmera Laguna Arroyo Del_Sol Encanto Primavera Alameda
Rincon"""
_CITIES = """Example_City Norhaven Port_Lumen Alder_Park Sierra_Falls Las_Piedras East_Harbor
Mesa_Clara Glenwick Rio_Manso Fairholm San_Tiago_Vista"""


def _words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


def _joined(first: str, second: str) -> list[str]:
    """Every first half with every second, in an order that mixes both."""
    ones, others = _words(first), _words(second)
    made = [
        (at * 7 + to * 11, one + other)
        for at, one in enumerate(ones)
        for to, other in enumerate(others)
    ]
    return [name for _, name in sorted(made)]


def _letters(words: list[str]) -> Letters:
    once = list(dict.fromkeys(words))
    assert max(map(len, once)) < WIDTH
    return np.array([word.encode("ascii") for word in once], dtype=f"S{WIDTH}")


FEMALE = _letters(_words(_FEMALE) + _joined(_FIRST_HALVES, _FEMALE_HALVES))
MALE = _letters(_words(_MALE) + _joined(_FIRST_HALVES, _MALE_HALVES))
GIVEN = min(len(FEMALE), len(MALE))
"""How many given names of each list are in use."""
FAMILY = _letters(_words(_FAMILY) + _joined(_LAND, _PLACE.replace("", "")))
STREETS = _letters(_words(_STREETS))
STREET_KINDS = _letters(["Street", "Avenue", "Road", "Lane", "Court", "Boulevard"])
CITIES = _letters(_words(_CITIES))
ZIPS = 480
"""ZIP codes 00010 to 00489: the post office's lowest is 00501, so none of these is a place."""
