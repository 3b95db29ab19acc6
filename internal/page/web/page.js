"use strict";
(function () {
  var root = document.documentElement, byId = {}, lit = [];
  root.classList.add("js");
  document.querySelectorAll("[data-s]").forEach(function (e) {
    e.dataset.s.split(" ").forEach(function (id) { (byId["$" + id] = byId["$" + id] || []).push(e); });
  });
  function clear() { lit.forEach(function (e) { e.classList.remove("on"); }); lit = []; }
  function show(from, reveal) {
    clear();
    var ids = from.dataset.s.split(" "), id = ids[ids.length - 1];
    lit = byId["$" + id] || [];
    lit.forEach(function (e) { e.classList.add("on"); });
    var card = document.getElementById(id), side = document.getElementById("record");
    if (reveal && card !== from && side.scrollHeight > side.clientHeight) {
      var top = card.offsetTop - side.offsetTop, room = side.clientHeight - card.offsetHeight;
      if (top < side.scrollTop || top > side.scrollTop + room) side.scrollTop = top - room / 2;
    }
  }
  function on(type, reveal) {
    document.addEventListener(type, function (event) {
      var e = event.target.closest("[data-s]");
      if (e) show(e, reveal);
    });
  }
  on("mouseover", true);
  on("focusin", true);
  document.addEventListener("click", function (event) {
    var e = event.target.closest("[data-s]");
    if (!e) { clear(); return; }
    if (e.tagName !== "A") return;
    event.preventDefault();
    show(e, true);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") clear();
    if (event.key !== "Enter" || !event.target.closest("a[data-s]")) return;
    event.preventDefault();
    var card = document.getElementById(event.target.closest("a[data-s]").hash.slice(1));
    card.querySelector(".back").focus();
  });
})();
