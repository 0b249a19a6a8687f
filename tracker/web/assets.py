"""Stylesheets and scripts joined at start into one hashed file each, at addresses never stale."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flask import Flask, Response, abort, current_app, request

from tracker.web.session import public

ENDPOINT = "assets.show"
PREFIX = "/assets/"
CACHE = "public, max-age=31536000, immutable"
COMPRESSIBLE = {".css", ".js", ".svg", ".json"}
FOLDERS = ("fonts", "img")  # what may be asked for besides the two joined files
HTMX = "vendor/htmx.org@*/htmx.min.js"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"""url\(\s*(["']?)(?!data:|#)([^"')]+)\1\s*\)""")

# Not in every system's table of types.
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True)
class Asset:
    """One file as it goes over the wire."""

    path: str
    type: str
    body: bytes
    gzipped: bytes | None


@dataclass(frozen=True)
class Bundle:
    """All assets of one state of the static folder."""

    folder: Path
    stamp: float
    names: dict[str, str]
    assets: dict[str, Asset]


def register(app: Flask, folder: Path) -> None:
    """Build the assets, serve them under `/assets/` and give templates `asset_url`."""
    app.extensions["assets"] = build(folder)
    app.add_url_rule(f"{PREFIX}<path:path>", ENDPOINT, show)
    app.jinja_env.globals["asset_url"] = asset_url


def asset_url(name: str) -> str:
    """The address of `app.css`, `app.js` or a file such as `img/icon.svg`."""
    return PREFIX + _bundle().names[name]


@public
def show(path: str) -> Response:
    """One asset, kept by the browser for a year because its address changes with its content."""
    asset = _bundle().assets.get(path)
    if asset is None:
        abort(404)
    response = Response(asset.body, content_type=asset.type)
    if asset.gzipped is not None:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip"):
            response.set_data(asset.gzipped)
            response.content_encoding = "gzip"
    response.headers["Cache-Control"] = CACHE
    return response


def build(folder: Path) -> Bundle:
    """Read the static folder once and name everything by its content."""
    files = [file for name in FOLDERS for file in _files(folder / name)]
    sources = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    assets = {name: _asset(name, body) for name, body in sources.items()}
    names = {name: asset.path for name, asset in assets.items()}
    for name, text in (("app.css", join_css(folder, names)), ("app.js", join_js(folder))):
        assets[name] = _asset(name, text.encode())
        names[name] = assets[name].path
    return Bundle(folder, _stamp(folder), names, {asset.path: asset for asset in assets.values()})


def join_css(folder: Path, names: dict[str, str]) -> str:
    """`layers.css` first, the rest by name: the layers decide who wins, not the order of files."""
    first = folder / "css" / "layers.css"
    rest = sorted(file for file in (folder / "css").glob("*.css") if file != first)
    return "\n".join(_css(file, names) for file in [first, *rest] if file.exists())


def join_js(folder: Path) -> str:
    """htmx, then each of our modules in a block of its own, so that their names never meet."""
    htmx = [file.read_text("utf-8") for file in sorted(folder.glob(HTMX))]
    ours = [f"{{\n{file.read_text('utf-8')}}}\n" for file in sorted((folder / "js").glob("*.js"))]
    return "\n".join([*htmx, "globalThis.htmx = htmx;" if htmx else "", *ours])


def _css(file: Path, names: dict[str, str]) -> str:
    def address(match: re.Match[str]) -> str:
        name = _resolve(PurePosixPath("css") / match[2])
        return f'url("{PREFIX}{names[name]}")'

    return _URL.sub(address, _COMMENT.sub("", file.read_text("utf-8"))).strip()


def _resolve(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _asset(name: str, body: bytes) -> Asset:
    path = PurePosixPath(name)
    digest = hashlib.sha256(body).hexdigest()[:12]
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    squeeze = path.suffix in COMPRESSIBLE
    return Asset(
        path=str(path.with_name(f"{path.stem}.{digest}{path.suffix}")),
        type=f"{kind}; charset=utf-8" if squeeze else kind,
        body=body,
        gzipped=gzip.compress(body, 9, mtime=0) if squeeze else None,
    )


def _bundle() -> Bundle:
    bundle: Bundle = current_app.extensions["assets"]
    if current_app.debug and bundle.stamp != _stamp(bundle.folder):
        bundle = current_app.extensions["assets"] = build(bundle.folder)
    return bundle


def _stamp(folder: Path) -> float:
    return max((file.stat().st_mtime for file in _files(folder)), default=0.0)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())
