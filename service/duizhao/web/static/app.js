/* Drop a file on the form, tell that work goes on, and mark the source of a sentence. The pages work without it. */
(function () {
  "use strict";

  var form = document.getElementById("form");
  if (form) {
    dropField(document.getElementById("drop"), document.getElementById("file"));
    tellProgress(form, document.getElementById("submit"), document.getElementById("status"));
    var error = document.getElementById("error");
    if (error) { error.focus(); }
  }
  document.addEventListener("click", markSource);

  function dropField(zone, input) {
    ["dragenter", "dragover"].forEach(function (name) {
      document.addEventListener(name, function (event) {
        event.preventDefault();
        zone.classList.add("over");
      });
    });
    document.addEventListener("dragleave", function (event) {
      if (!event.relatedTarget) { zone.classList.remove("over"); }
    });
    document.addEventListener("drop", function (event) {
      event.preventDefault();
      zone.classList.remove("over");
      if (!event.dataTransfer.files.length) { return; }
      var one = new DataTransfer();
      one.items.add(event.dataTransfer.files[0]);
      input.files = one.files;
      input.focus();
    });
  }

  function tellProgress(form, button, status) {
    var timer = 0;
    form.addEventListener("submit", function (event) {
      if (button.getAttribute("aria-disabled") === "true") {
        event.preventDefault();
        return;
      }
      var start = Date.now();
      button.setAttribute("aria-disabled", "true");
      status.textContent = "正在处理…";
      timer = setInterval(function () {
        // said once in a while, so that a screen reader is not kept talking
        var seconds = Math.round((Date.now() - start) / 1000);
        if (seconds % 10 === 0) { status.textContent = "正在处理，已用 " + seconds + " 秒…"; }
      }, 1000);
    });
    // the page may come back from the browser's cache
    window.addEventListener("pageshow", function () {
      clearInterval(timer);
      button.removeAttribute("aria-disabled");
      status.textContent = "";
    });
  }

  function markSource(event) {
    var link = event.target.closest ? event.target.closest("a[data-sentence]") : null;
    if (!link) { return; }
    var box = document.getElementById(link.getAttribute("data-article") + "-text");
    var wanted = link.getAttribute("data-sentence");
    each(document.querySelectorAll(".from.on"), function (node) { node.classList.remove("on"); });
    each(document.querySelectorAll("a[aria-current]"), function (node) { node.removeAttribute("aria-current"); });
    link.setAttribute("aria-current", "true");
    var first = null;
    each(box.querySelectorAll(".from"), function (node) {
      if (node.getAttribute("data-sentences").split(" ").indexOf(wanted) < 0) { return; }
      node.classList.add("on");
      first = first || node;
    });
    if (!first) { return; }
    event.preventDefault();
    box.scrollTop = first.offsetTop - 40;
    first.scrollIntoView({ block: "nearest" });
  }

  function each(list, work) {
    Array.prototype.forEach.call(list, work);
  }
})();
