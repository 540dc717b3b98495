// What is wider than the page scrolls by itself; it takes the focus, so that the arrow keys can scroll it.
"use strict";

{
  const watch = new ResizeObserver((found) => {
    for (const { target } of found) {
      if (target.scrollWidth > target.clientWidth) {
        target.tabIndex = 0;
        target.setAttribute("role", "group");
        target.setAttribute("aria-label", "scrolls sideways");
        target.classList.add("scrolls"); // for those who see it
      } else {
        target.classList.remove("scrolls");
        for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
      }
    }
  });
  for (const each of document.querySelectorAll(".table-wrapper, pre, p:has(> img)")) watch.observe(each);
}
