// Changes the language of a plain page in place. Without it the links load the page anew.
"use strict";

addEventListener("click", async (event) => {
  const link = event.target.closest("a[hreflang]");
  const isPlain = event.button === 0
    && !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
  if (!link || !isPlain) {
    return;
  }
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const { lang, dir } = page.documentElement;
    Object.assign(document.documentElement, { lang, dir });
    document.title = page.title;
    document.body.replaceWith(page.body);
    // A screen reader goes on where it was: at the languages, and hears which one it is.
    const chosen = document.querySelector('footer [aria-current="true"]');
    chosen.tabIndex = -1;
    chosen.focus({ preventScroll: true });
  } catch {
    location.assign(link.href);
  }
});
