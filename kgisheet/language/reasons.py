"""Why a file can't be read or written, in the reader's words: the system's own are English, and Python's are for programmers."""

from __future__ import annotations

import errno

from .text import Text

_WORDS = {
    errno.ENOENT: ("ファイルがありません", "there is no such file"),
    errno.ENOTDIR: ("途中の名前がフォルダーではありません", "a part of its path is no folder"),
    errno.EISDIR: ("フォルダーです", "it is a folder"),
    errno.EACCES: ("権限がありません", "no permission"),
    errno.EPERM: ("権限がありません", "no permission"),
    errno.ENOSPC: ("ディスクの空きがありません", "the disk is full"),
    errno.EDQUOT: ("ディスクの割り当てを使い切りました", "the disk quota is used up"),
    errno.EROFS: ("書き込みのできないディスクです", "the disk is read-only"),
    errno.EFBIG: ("ファイルが大きすぎます", "the file would be too large"),
    errno.EIO: ("ディスクか通信の障害です", "the disk or the network failed"),
    errno.ENAMETOOLONG: ("名前が長すぎます", "the name is too long"),
    errno.ELOOP: ("リンクが循環しています", "its links go round in a circle"),
    errno.EMFILE: ("開いているファイルが多すぎます", "too many files are open"),
    errno.ENFILE: ("開いているファイルが多すぎます", "too many files are open"),
    errno.EBUSY: ("ほかのプログラムが使っています", "another program is using it"),
    errno.ETXTBSY: ("ほかのプログラムが使っています", "another program is using it"),
    errno.EEXIST: ("同じ名前があります", "the name is taken"),
    errno.ENOTEMPTY: ("フォルダーが空ではありません", "the folder isn't empty"),
    errno.EXDEV: ("別のディスクにあります", "it is on another disk"),
    errno.EINVAL: ("使えない名前です", "the name can't be used"),
    errno.EADDRINUSE: ("ほかのプログラムが使っています", "another program is using it"),
    errno.ECONNREFUSED: ("接続できません", "no connection"),
    errno.ECONNRESET: ("接続が切れました", "the connection was lost"),
    errno.ETIMEDOUT: ("応答がありません", "no answer"),
    errno.ENETUNREACH: ("ネットワークにつながっていません", "there is no network"),
    errno.EHOSTUNREACH: ("接続できません", "no connection"),
}


def why(bad: OSError | ValueError) -> Text:
    """Return the reason; of one without words its number, by which it can be looked up."""
    if isinstance(bad, ValueError):  # a NUL, or half a letter, in a name
        return Text("使えない文字が名前にあります", "there is a character in its name that can't be used")
    code = bad.errno
    if code is None:
        inner = getattr(bad, "reason", None)
        return why(inner) if isinstance(inner, OSError) else Text("原因は不明です", "the reason isn't known")
    ja, en = _WORDS.get(code, (f"エラー番号 {code}", f"error number {code}"))
    return Text(ja, en)
