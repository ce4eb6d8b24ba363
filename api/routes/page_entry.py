"""The way into the explorer and out of it, and the few files that its pages load."""

from typing import Annotated

from fastapi import Depends, Request, Response

from api.access import Guard
from api.explorer.doors import COOKIE, PUBLIC, denied, form, local_path, page_router, see
from api.explorer.rendering import FILES, HEADERS, bundled, page
from api.keys import FORM, Scope
from graph.errors import AccessDenied, NotFound

router = page_router()
Form = Annotated[dict[str, list[str]], Depends(form)]
YEAR = 31_536_000


@router.get("/login", operation_id="loginPage", openapi_extra=PUBLIC)
def login_page(request: Request) -> Response:
    """Asks for a key."""
    return page(request, "login.html", reason=None, back=local_path(request.query_params.get("next", "/")))


@router.post("/login", operation_id="login", openapi_extra=PUBLIC)
async def login(request: Request, fields: Form) -> Response:
    """Keeps a valid key in a cookie, until the browser is closed."""
    key = fields.get("key", [""])[0].strip()
    try:
        if not FORM.fullmatch(key):
            raise AccessDenied("The API key is not valid.")
        others = [(name, value) for name, value in request.scope["headers"] if name not in (b"x-api-key", b"cookie")]
        guard: Guard = request.app.state.guard
        await guard.admit(Request({**request.scope, "headers": [*others, (b"x-api-key", key.encode())]}), Scope.READ)
    except AccessDenied as error:
        return denied(request, error)
    answer = see(local_path(fields.get("next", ["/"])[0]))
    # What the browser says, not what arrives here: a proxy before this service may have ended the encryption.
    encrypted = request.headers.get("origin", request.url.scheme).startswith("https")
    answer.set_cookie(COOKIE, key, httponly=True, samesite="strict", secure=encrypted)
    return answer


@router.post("/logout", operation_id="logout", openapi_extra=PUBLIC)
async def logout(_: Request) -> Response:
    """Forgets the key."""
    answer = see("/login")
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


@router.get("/explorer/{name}", operation_id="explorerFile", openapi_extra=PUBLIC)
def explorer_file(name: str) -> Response:
    """A file that pages load; its address changes with what is in it. Raises NotFound."""
    if name not in FILES:
        raise NotFound("page", name)
    found = bundled(name)
    headers = {**HEADERS, "Cache-Control": f"public, max-age={YEAR}, immutable"}
    return Response(found.content, headers=headers, media_type=found.media_type)
