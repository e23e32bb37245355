/* The little that pages do besides answering: every page works without it.
   1. A menu closes with Escape, and when something else is clicked.
   2. Five minutes before a session ends, the page says so and offers to go on. When it has ended, a
      page on which nothing was typed goes away, since others may stand at the desk. */
(() => {
  "use strict";

  const close = (menu, isFocused) => {
    menu.open = false;
    if (isFocused) menu.querySelector("summary").focus();
  };
  const openMenus = () => document.querySelectorAll("details.pfs-drop[open]");
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => { if (!menu.contains(event.target)) close(menu, false); });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") openMenus().forEach((menu) => close(menu, true));
  });

  const warning = document.getElementById("session");
  if (!warning) return;
  const lasts = Number(warning.dataset.seconds) * 1000;
  const before = Math.min(5 * 60 * 1000, lasts / 2);
  let ends = Date.now() + lasts;
  let isTyped = false;
  document.addEventListener("input", () => { isTyped = true; });
  const renew = () => { ends = Date.now() + lasts; warning.hidden = true; };
  // What the page asks for by itself, such as how far a job is, renews no session.
  document.addEventListener("htmx:afterRequest", (event) => {
    const headers = (event.detail.requestConfig || {}).headers || {};
    if (event.detail.successful && !headers["PFS-Poll"]) renew();
  });
  // 401: the session has ended; the sentence that says so stands where the answer would.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 401) event.detail.shouldSwap = true;
  });
  warning.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(warning.dataset.address, { redirect: "manual" });
    if (answer.ok || answer.type === "opaqueredirect") renew();
  });
  setInterval(() => {
    const left = ends - Date.now();
    if (left < before && warning.hidden) warning.hidden = false;
    if (left < 0 && !isTyped) location.reload();
  }, 1000);
})();
