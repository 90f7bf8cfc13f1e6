"use strict";
(function () {
  var table = document.getElementById("ledger"), form = document.getElementById("filters");
  if (!table || !form) { return; }
  var body = table.tBodies[0], rows = Array.from(body.rows), shown = document.getElementById("shown");
  function filter() {
    var words = form.elements.words.value.trim().toLowerCase(), count = 0;
    rows.forEach(function (row) {
      var fits = ["company", "metric", "where"].every(function (key) {
        var wanted = form.elements[key].value;
        return !wanted || row.dataset[key] === wanted || (wanted === "*" && row.dataset[key] !== "");
      }) && (!words || row.textContent.toLowerCase().indexOf(words) >= 0);
      row.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = count + " / " + rows.length;
  }
  function sort(button) {
    var key = button.dataset.key, head = button.closest("th");
    var up = head.getAttribute("aria-sort") !== "ascending";
    Array.from(table.tHead.rows[0].cells).forEach(function (cell) { cell.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    rows.sort(function (a, b) {
      var x = a.dataset[key], y = b.dataset[key];
      if (!x !== !y) { return x ? -1 : 1; }
      var order = key === "value" ? Number(x) - Number(y) : x.localeCompare(y);
      return up ? order : -order;
    });
    body.append.apply(body, rows);
  }
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  table.tHead.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (button) { sort(button); }
  });
})();
