// The page's own texts in both languages; labels, hints and messages of figures come from the templates and from Python.

/** @type {Record<string, {ja: string, en: string}>} */
export const TEXTS = {
  "language": { ja: "表示言語", en: "Language" },
  "tab.plan": { ja: "計画する", en: "Plan" },
  "tab.check": { ja: "検査する", en: "Check" },
  "private": { ja: "入力した数字やファイルは、この端末の外に送られません。", en: "Nothing that you type or drop leaves this device." },
  "plan.title": { ja: "売上目標から逆算する", en: "From a revenue goal down to visits" },
  "plan.example": { ja: "記入例が入っています。黄色の欄を自社の数字に書き換えてください。", en: "This is the worked example. Type your own figures into the yellow fields." },
  "plan.part": { ja: "うち", en: "of it" },
  "plan.wrong": { ja: "読めない欄が{count}か所あります（赤い欄）。", en: "Fields that can't be read: {count} (in red)" },
  "plan.about": { ja: "件名・期間など", en: "Title, period and so on" },
  "plan.stage": { ja: "③ 案件化の段階を使う", en: "Use the opportunity stage (③)" },
  "plan.total": { ja: "合計", en: "Total" },
  "plan.monthly": { ja: "1か月あたり", en: "Per month" },
  "plan.channels": { ja: "チャネル別の内訳", en: "By channel" },
  "plan.add": { ja: "＋ チャネルを追加", en: "+ Add a channel" },
  "plan.remove": { ja: "{name}を削除", en: "Remove {name}" },
  "plan.channel": { ja: "チャネル{number}", en: "Channel {number}" },
  "plan.usual": { ja: "目安 {low}〜{high}%", en: "Usually {low}–{high}%" },
  "plan.usual.one": { ja: "目安 {low}%前後", en: "Usually about {low}%" },
  "plan.make": { ja: "Excelファイルを作る", en: "Make the Excel file" },
  "plan.toml": { ja: "計画ファイル（TOML）", en: "Plan file (TOML)" },
  "plan.link": { ja: "リンクをコピー", en: "Copy a link" },
  "plan.linked": { ja: "リンクをコピーしました。数字はリンクの中にあり、どこにも送られません。", en: "Link copied. The figures are inside it; nothing was sent." },
  "plan.print": { ja: "印刷する", en: "Print" },
  "plan.clear": { ja: "入力欄を空にする", en: "Empty the form" },
  "plan.clear.sure": { ja: "入力した数字をすべて消します。よろしいですか。", en: "All figures that you typed will be gone. Empty the form?" },
  "plan.made": { ja: "{name} を作りました。", en: "{name} is made." },
  "plan.notes": { ja: "このまま使えますが、次を確かめてください。", en: "The file is ready. Please look at this:" },
  "plan.problems": { ja: "次を直すと作れます。", en: "Fix this first:" },
  "plan.row": { ja: "項目", en: "Figure" },
  "check.title": { ja: "目標シートを検査する", en: "Check a goal sheet" },
  "check.drop": { ja: "ここにファイルを置くか、選んでください（.xlsx .ods .csv、複数可）", en: "Drop files here, or choose them (.xlsx, .ods, .csv; several at once)" },
  "check.choose": { ja: "ファイルを選ぶ", en: "Choose files" },
  "check.working": { ja: "{name} を検査しています…", en: "Checking {name} …" },
  "check.stop": { ja: "中止する", en: "Stop" },
  "check.stopped": { ja: "{name} の検査を中止しました。", en: "Stopped checking {name}." },
  "check.ok": { ja: "検査した範囲に誤りはありません", en: "No faults in what was checked" },
  "check.findings": { ja: "誤り{errors}件、要確認{warnings}件", en: "Errors: {errors}, to look at: {warnings}" },
  "check.incomplete": { ja: "一部を検査できませんでした", en: "Some of it could not be checked" },
  "check.unreadable": { ja: "読めませんでした", en: "It could not be read" },
  "check.notes": { ja: "参考{count}件", en: "Notes: {count}" },
  "check.read": { ja: "読み取った値{count}件（ここにない値は検査していません）", en: "What was read: {count} (nothing else was checked)" },
  "check.annotated": { ja: "印を付けたコピー（.xlsx）", en: "Copy with marks (.xlsx)" },
  "check.report": { ja: "報告書（HTML）", en: "Report (HTML)" },
  "check.more": { ja: "このシートには続きがあります。", en: "This sheet goes on." },
  "check.whole": { ja: "ブック全体", en: "Whole workbook" },
  "check.sheet": { ja: "シート「{title}」", en: "Sheet “{title}”" },
  "tab.months": { ja: "月次更新", en: "Months" },
  "months.title": { ja: "先月のブックを更新する", en: "Bring last month's workbook up to date" },
  "months.about": { ja: "入力した実績や備考は残ります。計画とブックの値が違うところは、セルごとに選べます。", en: "Actuals and remarks that people typed stay. Where the plan and the workbook disagree, you choose cell by cell." },
  "months.book": { ja: "目標シート（.xlsx）", en: "The goal workbook (.xlsx)" },
  "months.plan": { ja: "変更後の計画（「計画する」で保存したplan.toml。なくてもよい）", en: "The plan as it is now (plan.toml, saved in Plan; optional)" },
  "months.csv": { ja: "実績のCSV（なくてもよい）", en: "Actuals as CSV (optional)" },
  "months.paste": { ja: "または、実績を貼り付ける（月・段階・実績の列）", en: "Or paste actuals (columns: month, stage, actual)" },
  "months.example": { ja: "月,段階,実績\n2026-04,商談数,38", en: "month,stage,actual\n2026-04,meetings,38" },
  "months.start": { ja: "新しい年度に進むときは、その最初の月（例 2027-04）", en: "To begin a new year: its first month (such as 2027-04)" },
  "months.choose": { ja: "選ぶ", en: "Choose" },
  "months.none": { ja: "未選択（ここに置いても選べます）", en: "None yet (or drop it here)" },
  "months.kind": { ja: "「{name}」は使えません。.xlsx、.toml、.csvのファイルを置いてください。", en: "“{name}” can't be used here; drop .xlsx, .toml or .csv files." },
  "months.look": { ja: "何が変わるかを見る", en: "See what changes" },
  "months.take": { ja: "更新したブックを受け取る", en: "Take the updated workbook" },
  "months.working": { ja: "調べています…", en: "Working it out …" },
  "months.nothing": { ja: "変わるところはありません。", en: "Nothing changes." },
  "months.conflicts": { ja: "どちらの値にするか選んでください（{count}件）", en: "Please choose a value ({count})" },
  "months.theirs": { ja: "ブックの値 {value}", en: "The workbook's: {value}" },
  "months.ours": { ja: "計画の値 {value}", en: "The plan's: {value}" },
  "months.given": { ja: "変わる入力（{count}件）", en: "Inputs that change ({count})" },
  "months.overwritten": { ja: "置き換わる入力（{count}件）", en: "Typed values that are replaced ({count})" },
  "months.kept": { ja: "そのまま残る入力（{count}件）", en: "Typed values that stay ({count})" },
  "months.following": { ja: "ほかに、計算結果が{count}セル変わります。", en: "Besides, {count} results change." },
  "months.added": { ja: "追加するタブ: {tabs}", en: "New tabs: {tabs}" },
  "months.closed": { ja: "目標を確定するタブ: {tabs}", en: "Tabs whose goals become final: {tabs}" },
  "months.blank": { ja: "（空欄）", en: "(blank)" },
  "months.missing": { ja: "ブックを選んでください。", en: "Please choose the workbook." },
  "tab.gather": { ja: "集計する", en: "Collect" },
  "gather.title": { ja: "戻ってきた目標シートを集計する", en: "Add up the goal sheets that came back" },
  "gather.about": { ja: "担当者のファイルをまとめて置くと、担当者×段階×月の集計ブックができます。配布したフォルダーの kgisheet-batch.json も一緒に置くと、未提出の人が分かります。", en: "Drop everybody's files together: you get one workbook of managers × stages × months. Add kgisheet-batch.json from the folder that was handed out, and you see who is missing." },
  "gather.drop": { ja: "ここに全員のファイルを置くか、選んでください", en: "Drop everybody's files here, or choose them" },
  "gather.working": { ja: "{name} を読み取っています…（{at}/{all}）", en: "Reading {name} … ({at} of {all})" },
  "gather.stopped": { ja: "集計を中止しました。", en: "Stopped." },
  "gather.take": { ja: "集計したブックを受け取る", en: "Take the summary workbook" },
  "gather.name": { ja: "集計.xlsx", en: "summary.xlsx" },
  "gather.file": { ja: "ファイル", en: "File" },
  "gather.manager": { ja: "担当者", en: "Manager" },
  "gather.state": { ja: "状態", en: "Status" },
  "gather.errors": { ja: "誤り", en: "Errors" },
  "gather.remarks": { ja: "備考", en: "Remarks" },
  "error": { ja: "誤り", en: "Error" },
  "warning": { ja: "要確認", en: "To look at" },
  "note": { ja: "参考", en: "Note" },
  "python.loading": { ja: "Excelファイルの作成と検査の準備をしています（{done} / {whole} MB）", en: "Getting ready to make and check files ({done} of {whole} MB)" },
  "python.starting": { ja: "Excelファイルの作成と検査の準備をしています…", en: "Getting ready to make and check files …" },
  "python.ready": { ja: "", en: "" },
  "python.failed": { ja: "Excelファイルの作成と検査の準備ができませんでした（{why}）。通信を確かめて、もう一度お試しください。", en: "It could not get ready to make and check files ({why}). Check the connection, and try again." },
  "parse.empty": { ja: "入力してください", en: "Please fill this in" },
  "parse.money": { ja: "「1200万円」「1.2億円」「12,000,000」のように書いてください", en: "Write it like 12,000,000 or 1200万円 (yen)" },
  "parse.rate": { ja: "「30%」か「0.3」のように書いてください", en: "Write it like 30% or 0.3" },
  "parse.rate.zero": { ja: "0%より大きく100%以下で書いてください", en: "Write more than 0% and at most 100%" },
  "parse.rate.share": { ja: "0%以上100%以下で書いてください", en: "Write 0% to 100%" },
  "parse.rate.either": { ja: "{percent}%のことなら「{percent}%」と書いてください", en: "If {percent}% is meant, write {percent}%" },
  "parse.month": { ja: "「2026-04」のように書いてください", en: "Write it like 2026-04" },
  "parse.date": { ja: "「2026-04-01」のように書いてください", en: "Write it like 2026-04-01" },
  "nothing": { ja: "―", en: "–" },
};

/** @type {"ja" | "en"} */
let lang = "ja";

export const language = () => lang;

/** @param {string} chosen */
export function choose(chosen) {
  lang = chosen === "en" ? "en" : "ja";
  document.documentElement.lang = lang;
}

/** A text in the page's language, its places filled. @param {string} key @param {Record<string, string | number>} [places] */
export function say(key, places = {}) {
  return TEXTS[key][lang].replace(/\{(\w+)\}/g, (_, name) => String(places[name]));
}

/** Fill the texts of elements that name theirs. @param {ParentNode} root */
export function fill(root) {
  for (const each of root.querySelectorAll("[data-text]")) {
    each.textContent = say(/** @type {HTMLElement} */ (each).dataset.text ?? "");
  }
}
