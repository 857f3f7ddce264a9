"""The texts of the extension's commands."""

from __future__ import annotations

from ...language.text import Text

NO_SHEET = Text("表計算ドキュメントを開いてから実行してください。", "Open a spreadsheet first.")
NO_PYTHON = Text(
    "このLibreOfficeのPython({0})は古く、kgisheetに必要な3.11以降ではありません。kgisheetのコマンドをインストールすると、それを使って動きます。",
    "The Python of this LibreOffice ({0}) is older than 3.11, which kgisheet needs. Install the command kgisheet, and it is used instead.",
)
NO_ANSWER = Text(
    "インストールされているkgisheet({0})が応答しません。新しい版にしてください。",
    "The installed kgisheet ({0}) does not answer. Update it.",
)
FAILED = Text("途中で失敗しました: {0}", "This failed: {0}")

CHANGED = Text(
    "「{0}」に保存していない変更があります。\n保存したファイルを読むか、今の内容のコピー(LibreOfficeが作ります)を読むか、選んでください。",
    "“{0}” has changes that are not saved. Save it, and that file is read; or go on without, and a copy is read that LibreOffice makes of it as it is now.",
)
SAVE = Text("保存して続ける", "Save and Go On")
UNSAVED = Text("保存せずに続ける", "Go On Without")
NOT_SAVED = Text("保存できませんでした。", "It could not be saved.")
CLOSE = Text("閉じる", "Close")

# -- check
CHECKED = Text("検査: {0}", "Check: {0}")
OF_A_COPY = Text(
    "(保存していないコピーを検査しました。LibreOfficeで保存したという参考の指摘 S11 は、コピーによるものなので除いています)",
    " (A copy that isn't saved was checked. The note S11, saved by LibreOffice, would be about that copy, and is left out.)",
)
FOUND = Text("今の値: {0}  正しい値: {1}", "Found: {0}   Expected: {1}")
HIDDEN = Text("(非表示のシートにあります)", "(on a hidden sheet)")
MARK, UNMARK = Text("印を付ける", "Mark Cells"), Text("印を消す", "Take Marks Away")
AGAIN = Text("もう一度検査", "Check Again")
MARKED = Text("{0}個のセルに印(塗りとコメント)を付けました。", "{0} cells marked, with a fill and a comment.")
NOT_MARKED = Text(
    "{0}個のセルは、パスワードで保護されているため付けられません。", "{0} cells could not be: they are protected by a password."
)
UNMARKED = Text("印を消し、元の塗りに戻しました。", "The marks are gone, the fills are as they were.")
NOT_UNMARKED = Text(
    "{0}個のセルは、印を付けたあとに塗りが変えられたか動かされたので、そのままです。",
    "{0} cells were filled otherwise or moved since, and are left as they are.",
)

# -- monthly
UPDATED = Text("月次更新: {0}", "Monthly update: {0}")
PLAN, ACTUALS = Text("計画", "Plan"), Text("実績", "Actuals")
YEAR = Text("新年度", "New year")
YEAR_HINT = Text("新しい年度を始めるときだけ、最初の月(例 2027-04)", "only to begin one: its first month, such as 2027-04")
SHOW = Text("変更を見る", "Show Changes")
IN_BOOK, NO_ACTUALS = Text("(ブックの中の計画)", "(the plan in the workbook)"), Text("(なし)", "(none)")
PICK = Text("選ぶ...", "Choose...")
PICK_PLAN, PICK_ACTUALS = (
    Text("変更後の計画を選ぶ", "Choose the changed plan"),
    Text("実績のCSVを選ぶ", "Choose the CSV of actuals"),
)
PLAN_FILES, CSV_FILES = Text("計画(*.toml)", "Plans (*.toml)"), Text("CSV(*.csv)", "CSV (*.csv)")
CHANGE = Text("{0}: {1} → {2}", "{0}: {1} → {2}")
CONFLICT, TAKEN, KEPT = Text("競合", "conflict"), Text("上書き", "overwritten"), Text("保持", "kept")
GIVEN, ADDED, CLOSED = (
    Text("変更", "change"),
    Text("追加するタブ", "new tab"),
    Text("値で残す(確定)タブ", "kept as values (final)"),
)
BLANK = Text("空欄", "blank")
COUNTS = Text(
    "変更{0}、保持{1}、競合{2}。ほかに数式の結果が変わるセル{3}。",
    "{0} to change, {1} kept, {2} in conflict; {3} results follow.",
)
ON_CONFLICT = Text(
    "計画は {1}、ブックには人が入力した {0} があります。選ばなければ、入力した値が残ります。",
    "The plan says {1}; somebody typed {0} into the workbook, which stays unless you take the plan's.",
)
TAKE, LEAVE = Text("計画の値にする", "Take the Plan's"), Text("入力した値を残す", "Keep What Was Typed")
WRITE = Text("新しいブックに書き出す", "Write a New Workbook")
WRITTEN = Text("「{0}」に書き出しました。元のブックはそのままです。", "Written to “{0}”; the workbook itself is as it was.")
SUFFIX = Text("-更新", "-updated")
EXISTS = Text("「{0}」はすでにあります。別の名前にしてください。", "“{0}” is there already: choose another name.")
TARGET = Text("新しいブックの置き場所", "Where to put the new workbook")

# -- new
NEW = Text("新しい目標シート", "New goal sheet")
ABOUT = Text(
    "記入例が入っています。自社の数字に書き換えてください。案件化率を空欄にすると、案件の段階を省きます。",
    "This is the worked example: put your own figures in. Without an opportunity rate that stage is left out.",
)
MAKE, FROM_PLAN = Text("ブックを作る", "Make the Workbook"), Text("計画ファイルから...", "From a Plan File...")
NAME = Text("目標シート.xlsx", "goal.xlsx")
MADE = Text("「{0}」を作りました。", "“{0}” written.")
REMARKED = Text("作りましたが、気になる点があります: {0}", "Written, but: {0}")
