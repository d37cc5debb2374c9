"""What the gateway itself says no with; everything else comes from the rooms.

Codes and facts (each has a sentence in `texts.py`):

    sign_in_needed                     nobody is signed in, and this needs somebody
    api_key_not_valid                  the API key is unknown, revoked, past its last day, or its person left
    role_may_not      role, allowed    the role acted in may not ask for this; `allowed` are roles, ", " between
    demo_only                          signing in without an identity provider is for demonstration only
    mandate_check_over                 back from the mandate register without having gone there, or twice
    not_your_capacity                  the capacity chosen is not one of the person's own
    sign_in_failed    reason           the identity provider did not confirm who it is
    csrf                               a form came without, or with an old, proof that our own page sent it
    idempotency_key_missing            a change came without an Idempotency-Key header
    idempotency_key_malformed          the key is not 1-200 visible characters
    version_missing                    a change said no version (If-Match, or `version` in the body)
    version_unclear                    If-Match is no version, or not the one in the body
    not_json                           the body cannot be read as JSON
    not_json_type     media_type       the body is of a type that is not read here
    not_an_object                      the body is JSON but no object
    too_deep                           more than 30 levels inside each other
    number_too_large  (field rule)     a whole number beyond ±2 147 483 647
    unreadable_text   (field rule)     NUL or half a character in a text
    strange_address                    control characters or over-long values in the address
    not_xml_text                       the file is not UTF-8 text
    not_multipart                      an upload that is no multipart form
    upload_incomplete                  the upload broke off, or its file part is missing or not last
    file_too_large    most             more than `most` megabytes
    upload_length_missing              an upload in pieces begins without the length of the whole
    upload_words_unclear               Upload-Metadata, Upload-Offset or Upload-Checksum cannot be read
    tus_version       supported        another version of the protocol of uploads in pieces
    wrong_offset, upload_busy, upload_expired, piece_too_long, checksum_differs   as `shared.pieces` says
    not_such_subject                   a document belongs to an application or a claim: "application/A80655"
    nothing_chosen                     bulk work was asked for and no case was ticked
    list_too_long     most             a list is longer than a file may be
    service_away                       no answer in time; nothing typed is lost, try again
    fault             reference        our own fault; `reference` finds it in the log

By HTTP status alone (Werkzeug's own refusals): status_400 … status_503.
"""

from __future__ import annotations

from shared.errors import Forbidden, Gone, Invalid


class SignInNeeded(Forbidden):
    code = "sign_in_needed"


class ApiKeyNotValid(Forbidden):
    code = "api_key_not_valid"


class RoleMayNot(Forbidden):
    code = "role_may_not"


class DemoOnly(Forbidden):
    code = "demo_only"


class CheckIsOver(Gone):
    code = "mandate_check_over"


class NotYourCapacity(Forbidden):
    code = "not_your_capacity"


class SignInFailed(Forbidden):
    code = "sign_in_failed"


class CsrfMissing(Forbidden):
    code = "csrf"


class Malformed(Invalid):
    """The request cannot be understood at all: 400, where a request understood and refused is 422."""


class IdempotencyKeyMissing(Malformed):
    code = "idempotency_key_missing"


class IdempotencyKeyMalformed(Malformed):
    code = "idempotency_key_malformed"


class VersionMissing(Invalid):
    code = "version_missing"


class VersionUnclear(Malformed):
    code = "version_unclear"


class NotJson(Malformed):
    code = "not_json"


class NotAnObject(Malformed):
    code = "not_an_object"


class TooDeep(Malformed):
    code = "too_deep"


class NotThisType(Invalid):
    code = "not_json_type"


class StrangeAddress(Malformed):
    code = "strange_address"


class NotXmlText(Malformed):
    code = "not_xml_text"


class NotMultipart(Invalid):
    code = "not_multipart"


class UploadIncomplete(Malformed):
    code = "upload_incomplete"


class NotSuchSubject(Invalid):
    code = "not_such_subject"


class UploadLengthMissing(Malformed):
    code = "upload_length_missing"


class UploadWordsUnclear(Malformed):
    code = "upload_words_unclear"


class NothingChosen(Invalid):
    code = "nothing_chosen"


class ListTooLong(Invalid):
    code = "list_too_long"


class OtherTusVersion(Invalid):
    code = "tus_version"
