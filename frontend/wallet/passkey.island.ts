// Passkeys (WebAuthn): asks the browser to make one or to sign in with one, and hands the answer to the server, which
// checks it. Words come from the page; where a browser cannot use passkeys, the page says so and the rest of it works.

import { fromBase64Url, toBase64Url, type Bytes } from "../shared/bytes";

type Kind = "create" | "get";

interface Descriptor {
  readonly id: string;
  readonly type: "public-key";
}

/** What the server asks for; bytes are base64url texts in it. */
interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly Descriptor[];
  readonly [name: string]: unknown;
}

interface Refusal {
  readonly text: string;
  readonly next_step: string;
  readonly code: string;
}

/** What the server said when it refused; its words are in the page's language. */
class RefusedError extends Error {}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) begin(form);

function begin(form: HTMLFormElement): void {
  if (!isPossible()) {
    for (const note of document.querySelectorAll<HTMLElement>("[data-passkey-unsupported]")) note.hidden = false;
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(form);
  });
}

/** Tells whether passkeys can be used here: they belong to a name, never to an address in numbers. */
function isPossible(): boolean {
  const isName = !/^(\[.*\]|[\d.]+)$/.test(location.hostname);
  return isName && window.isSecureContext && "PublicKeyCredential" in window;
}

async function run(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button");
  tell(form, "");
  if (button) button.disabled = true;
  try {
    const kind: Kind = form.dataset["passkey"] === "create" ? "create" : "get";
    const options = (await post(form, form.dataset["options"] ?? "", {})) as Options;
    const credential = kind === "create" ? await create(options) : await get(options);
    const answered = await post(form, form.action, { answer: written(credential), next: value(form, "next") });
    location.assign((answered as { next: string }).next);
  } catch (error) {
    tell(form, explained(form, error));
  } finally {
    if (button) button.disabled = false;
  }
}

async function create(options: Options): Promise<PublicKeyCredential> {
  const excluded = (options.excludeCredentials ?? []).map(({ id, type }) => ({ id: fromBase64Url(id), type }));
  const publicKey = {
    ...options,
    challenge: fromBase64Url(options.challenge),
    user: { ...options.user, id: fromBase64Url(options.user?.id ?? "") },
    excludeCredentials: excluded,
  } as unknown as PublicKeyCredentialCreationOptions;
  return (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
}

async function get(options: Options): Promise<PublicKeyCredential> {
  const { challenge, allowCredentials: _none, ...rest } = options;
  const publicKey = { ...rest, challenge: fromBase64Url(challenge) } as PublicKeyCredentialRequestOptions;
  return (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
}

/** Writes a credential as JSON (WebAuthn Level 3, 5.1); older browsers have no `toJSON`. */
function written(credential: PublicKeyCredential): Record<string, unknown> {
  const { id, rawId, type, response } = credential;
  const parts: Record<string, string> = { clientDataJSON: text(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) parts["attestationObject"] = text(response.attestationObject);
  if (response instanceof AuthenticatorAssertionResponse) {
    parts["authenticatorData"] = text(response.authenticatorData);
    parts["signature"] = text(response.signature);
    if (response.userHandle) parts["userHandle"] = text(response.userHandle);
  }
  return { id, rawId: text(rawId), type, response: parts };
}

function text(bytes: ArrayBuffer): string {
  return toBase64Url(new Uint8Array(bytes) as Bytes);
}

async function post(form: HTMLFormElement, address: string, body: unknown): Promise<unknown> {
  const response = await fetch(address, {
    method: "POST",
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": value(form, "csrfmiddlewaretoken"),
    },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const refusal = answer as Refusal;
  throw new RefusedError(`${refusal.text} ${refusal.next_step} (${refusal.code})`);
}

function value(form: HTMLFormElement, name: string): string {
  const input = form.elements.namedItem(name);
  return input instanceof HTMLInputElement ? input.value : "";
}

function explained(form: HTMLFormElement, error: unknown): string {
  if (error instanceof RefusedError) return error.message;
  if (error instanceof TypeError) return words(form, "offline");
  return words(form, error instanceof DOMException && error.name === "InvalidStateError" ? "known" : "cancelled");
}

function words(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLTemplateElement>(`template[data-words="${name}"]`)?.content.textContent ?? "";
}

function tell(form: HTMLFormElement, message: string): void {
  const place = form.querySelector<HTMLElement>("[data-problem]");
  if (place === null) return;
  place.textContent = message;
  place.hidden = message === "";
}
