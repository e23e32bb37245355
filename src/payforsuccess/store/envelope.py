"""Files that only the holder of a certificate's private key can open."""

from __future__ import annotations

from datetime import datetime

from payforsuccess.errors import sentence


class NotACertificate(ValueError):
    """What was given cannot be used to lock a file; the message says why."""


def locked_for(content: bytes, certificate: bytes, *, at: datetime) -> bytes:
    """The content in a CMS envelope (RFC 5652) under AES-256 for the holder of a certificate.

    certificate: X.509 in PEM, with an RSA key, in force at the instant `at` (with a zone). It is
    opened with `openssl cms -decrypt -inform DER -inkey KEY -in FILE -out PACK`. The envelope hides
    and does not sign: what is inside must carry its own fingerprints. Raises NotACertificate.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.ciphers import algorithms
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    try:
        holder = x509.load_pem_x509_certificate(certificate)
    except ValueError:
        raise NotACertificate(sentence("it holds no X.509 certificate in PEM")) from None
    if not isinstance(holder.public_key(), RSAPublicKey):
        raise NotACertificate(
            sentence("its key is not an RSA key, which is what envelopes are made for")
        )
    if not holder.not_valid_before_utc <= at <= holder.not_valid_after_utc:
        raise NotACertificate(sentence("it is not in force on this day"))
    return (
        pkcs7.PKCS7EnvelopeBuilder()
        .set_data(content)
        .set_content_encryption_algorithm(algorithms.AES256)
        .add_recipient(holder)
        .encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    )
