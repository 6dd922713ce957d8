// Signing out of a desk: whatever this browser kept of an inspector goes first.

import { forgetInspector } from "./forget";

const PATIENCE = 1_000; // milliseconds; nobody is kept signed in because a browser's storage does not answer

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sign-out]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const late = new Promise((resolve) => window.setTimeout(resolve, PATIENCE));
    void Promise.race([forgetInspector().catch(() => undefined), late]).then(() => form.submit());
  });
}
