// What every page does with script; each page also works without it.

/** Puts the focus on the error summary, so that a screen reader says first what went wrong. */
function focusErrorSummary(): void {
  const summary = document.querySelector<HTMLElement>("[data-error-summary]");
  if (summary === null) return;
  summary.setAttribute("tabindex", "-1");
  summary.focus();
  for (const link of summary.querySelectorAll<HTMLAnchorElement>("a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (field === null) return;
      event.preventDefault();
      const group = field.closest(".govuk-form-group") ?? field;
      group.scrollIntoView({ block: "start" });
      field.focus({ preventScroll: true });
    });
  }
}

/** Shows the print buttons, which could do nothing without script. */
function enablePrinting(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** Sends a form once: a second click within the first second would only be refused. */
function preventDoubleSubmit(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (form.dataset["sentAt"] !== undefined && Date.now() - Number(form.dataset["sentAt"]) < 1000) {
      event.preventDefault();
      return;
    }
    form.dataset["sentAt"] = String(Date.now());
  });
}

focusErrorSummary();
enablePrinting();
preventDoubleSubmit();
