"""An auditor's pack: the sample is the seed's, and only the certificate's holder opens it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from payforsuccess.errors import Refusal
from payforsuccess.runs.statement.audit_pack import audit_pack
from payforsuccess.runs.statement.source_rows import _text
from payforsuccess.runs.statement.statements import issue
from payforsuccess.runs.statement.verify import verify
from payforsuccess.trail import fingerprint_bytes
from tests.lib.deals import a_deal, a_term
from tests.lib.folders import a_folder, draft, sign

KEYS = [f"k{at:02d}" for at in range(40)]
PEOPLE = "\n".join(f"homes,1,{key},1,jail:{at}" for at, key in enumerate(KEYS, 1))
AT = datetime(2028, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("deal")
    a_folder(home, a_deal(standing="contract", payments=[a_term(price="10")]), people=PEOPLE)
    sign(home)
    draft(home)
    issue(home)
    return home


Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def certificate(key: Key, *, until: datetime) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An auditor")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(AT - timedelta(days=30))
        .not_valid_after(until)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def holder(key: rsa.RSAPrivateKey, tmp_path: Path) -> Path:
    path = tmp_path / "auditor.pem"
    path.write_bytes(certificate(key, until=AT + timedelta(days=30)))
    return path


def opened(path: Path, key: rsa.RSAPrivateKey, holder: Path) -> dict[str, bytes]:
    plain = pkcs7.pkcs7_decrypt_der(
        path.read_bytes(), x509.load_pem_x509_certificate(holder.read_bytes()), key, []
    )
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_sample_is_what_the_seed_draws_and_anyone_can_draw_it_again(
    folder: Path, holder: Path, key: rsa.RSAPrivateKey
) -> None:
    """R145: the auditor's own seed decides."""
    made = audit_pack(folder, seed="dice 4 2 6", sample=7, certificate=holder, at=AT)
    files = opened(made.path, key, holder)
    drawn = list(csv.DictReader(io.StringIO(files["people.csv"].decode())))
    by_hand = sorted(KEYS, key=lambda key: hashlib.sha256(f"dice 4 2 6\n{key}".encode()).digest())
    assert [row["person"] for row in drawn] == by_hand[:7]
    assert (made.drawn, made.of) == (7, 40)
    other = audit_pack(folder, seed="another", sample=7, certificate=holder, at=AT)
    assert (
        json.loads(opened(other.path, key, holder)["pack.json"])["sample"]["drawn"] != by_hand[:7]
    )


def test_the_pack_holds_what_the_audit_needs_and_names_every_file(
    folder: Path, holder: Path, key: rsa.RSAPrivateKey, tmp_path: Path
) -> None:
    made = audit_pack(folder, seed="s", certificate=holder, to=tmp_path / "pack", at=AT)
    files = opened(made.path, key, holder)
    pack = json.loads(files["pack.json"])
    assert pack["contract"]["is_certified"] is False
    assert pack["determinations"][0]["determination"]["signed_by"]
    assert pack["statement"]["why_not_approvable"]
    assert pack["files"] == {
        name: fingerprint_bytes(files[name]) for name in files if name != "pack.json"
    }
    inner = tmp_path / "bundle.zip"
    inner.write_bytes(files["bundle.zip"])
    assert verify(inner).holds


def test_source_rows_that_no_snapshot_holds_are_said_to_be_missing(
    folder: Path, holder: Path, key: rsa.RSAPrivateKey
) -> None:
    """These people came from a file by hand: there is no run whose rows could be shown."""
    made = audit_pack(folder, seed="s", sample=2, certificate=holder, at=AT)
    rows = list(
        csv.DictReader(io.StringIO(opened(made.path, key, holder)["source_rows.csv"].decode()))
    )
    assert [row["table"] for row in rows] == ["not found", "not found"]
    assert made.not_found == 2
    assert "in no snapshot here" in str(made)


def test_people_of_a_contract_never_leave_unlocked(folder: Path) -> None:
    with pytest.raises(Refusal, match="--for"):
        audit_pack(folder, seed="s")


def test_the_locked_pack_holds_no_key_in_plain_sight(folder: Path, holder: Path) -> None:
    made = audit_pack(folder, seed="s", sample=40, certificate=holder, at=AT)
    content = made.path.read_bytes()
    assert b"k01" not in content
    assert b"PK\x03\x04" not in content


@pytest.mark.parametrize("sort", ["no certificate", "expired", "elliptic"])
def test_a_certificate_that_cannot_lock_is_refused(folder: Path, tmp_path: Path, sort: str) -> None:
    path = tmp_path / "auditor.pem"
    if sort == "no certificate":
        path.write_text("hello", encoding="utf-8")
    else:
        own: Key = (
            ec.generate_private_key(ec.SECP256R1())
            if sort == "elliptic"
            else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        )
        until = AT + timedelta(days=30 if sort == "elliptic" else -1)
        path.write_bytes(certificate(own, until=until))
    with pytest.raises(Refusal, match="Ask the auditor for an X"):
        audit_pack(folder, seed="s", certificate=path, at=AT)


def test_an_empty_seed_and_an_empty_sample_are_told_together(folder: Path) -> None:
    with pytest.raises(Refusal) as caught:
        audit_pack(folder, seed=" ", sample=0)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("kept", "written"),
    [("0E-9", "0"), ("1.000000000", "1"), ("9930.040000000", "9930.04"), ("100", "100")],
)
def test_numbers_of_source_rows_are_written_as_agencies_write_them(kept: str, written: str) -> None:
    assert _text(Decimal(kept)) == written
