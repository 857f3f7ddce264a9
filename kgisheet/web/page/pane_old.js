/* For the browsers inside Excel 2019 and before, which can't run the pane: a plain message. ES5, as they understand nothing newer. */
(function () {
  var can = "noModule" in document.createElement("script") && typeof WebAssembly === "object" && typeof BigInt === "function";
  if (can) return;
  document.addEventListener("DOMContentLoaded", function () {
    var ja = (navigator.language || "").toLowerCase().indexOf("ja") === 0;
    var place = document.getElementById("apart");
    if (!place) return;
    place.removeAttribute("hidden");
    place.innerText = ja
      ? "このExcelでは使えません。Microsoft 365 か Excel 2021 以降で使えます。ブラウザー（Edge、Chromeなど）でこのアドレスのページを開けば、同じことができます。"
      : "This doesn't work in this version of Excel; it does in Microsoft 365, and in Excel 2021 and later. A browser such as Edge or Chrome does the same with the page at this address.";
  });
})();
