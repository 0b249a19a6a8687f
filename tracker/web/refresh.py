"""A page that keeps itself fresh: who asks again says what it has, and is sent only what is new.

What it has is `<version>-<digest>`: the state of everything the part was made from, and the part
itself. A known version costs nothing more; a part that another's change left as it was is not
sent again, so that nothing of what one may not see can be told from the answer (ADR 0028).
"""

import hashlib

from flask import Response, request

HAD = "v"
STAMP = 'data-v=""'
HEADER = "Board-Version"


def is_current(version: str) -> bool:
    """Whether what is asked for again was made from the present state of everything."""
    return _had().partition("-")[0] == version


def stamped(text: str, version: str) -> str:
    """The part with what it is, in its first `data-v=""`."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return text.replace(STAMP, f'data-v="{version}-{digest}"', 1)


def is_alike(text: str) -> bool:
    """Whether the stamped part is what is had already."""
    digest = _had().partition("-")[2]
    return bool(digest) and f'-{digest}"' in text[: text.find(">") + 1]


def nothing_new(text: str = "") -> Response:
    """Keep what you have; a stamped part says as what it is known from now on."""
    response = Response(status=204)
    _, _, rest = text.partition('data-v="')
    if rest:
        response.headers[HEADER] = rest.partition('"')[0]
    return response


def _had() -> str:
    return request.args.get(HAD, "")
