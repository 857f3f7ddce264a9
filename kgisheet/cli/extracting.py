"""`kgisheet extract`: a workbook in, the plan of its inputs out; of a sheet that was never ours by its labels, with a template where it needs one."""

from __future__ import annotations

from pathlib import Path

from .. import api
from ..errors import NotOursError, RequestError
from ..language.text import Text
from ..output import free, write
from . import files
from .speech import complain, put, put_data, say


def run(book: str, output: str | None) -> None:
    """Print the plan, or write it to ``output``; then say what could not be carried over."""
    data, to_file = files.read_bytes(book, api.BookError), output not in (None, files.STDIN)
    template = f"{Path(str(output)).stem}-template.toml" if to_file else "template.toml"
    try:
        plan, problems = api.extract(data, files.shown(book))
        own = None
    except NotOursError:
        plan, own, problems = api.extract_by_labels(data, files.shown(book), template)
    if not to_file:
        if own is not None:
            raise RequestError(_two_files(files.shown(book)))
        put_data(plan)
    else:
        path = Path(str(output))
        if own is not None:
            free(str(path.with_name(template)), forceable=False)
        write(str(output), plan.encode(), forceable=False)
        if own is not None:
            write(str(path.with_name(template)), own.encode(), forceable=False)
            shown = path.with_name(template)
            put(
                say(
                    f"{shown} に、このシートの段階のテンプレートを書きました",
                    f"{shown} is the template for the sheet's stages",
                ),
                err=True,
            )
    complain(problems)


def _two_files(source: str) -> api.Problem:
    what = Text(
        "このシートには独自の段階があり、計画のほかにテンプレートも要ります",
        "the sheet has stages of its own, so the plan needs a template for them",
    )
    return api.Problem("two-files", what, Text("-o PLAN.toml を付けてください", "add -o PLAN.toml"), source)
