// What can go wrong with codes, keys and lists. Whatever comes in, these come out and nothing else.
//
// CredentialError
// ├── FormatError           bytes, text or claims that do not have the form they must have
// │   ├── DamagedError      a code of ours that is cut, damaged or respelled
// │   └── ForeignCodeError  well formed, but made by some other system
// ├── SignatureError        the signature is not by this key over these bytes
// ├── TrustError            a list by a key that is not trusted for it
// ├── StatusError           an index outside the list, or a status that we do not know
// └── UnsupportedError      this browser cannot check it: neither right nor wrong

/** The root of the tree. */
export class CredentialError extends Error {}

/** Input does not have the form it must have. */
export class FormatError extends CredentialError {}

/** A code of ours that is cut, damaged or spelled differently. */
export class DamagedError extends FormatError {}

/** A code of some other system. */
export class ForeignCodeError extends FormatError {}

/** The signature is not by this key over these bytes. */
export class SignatureError extends CredentialError {}

/** A list that is signed by nobody we trust for it. */
export class TrustError extends CredentialError {}

/** An index outside the list, or a status that we do not know. */
export class StatusError extends CredentialError {}

/** The browser lacks what the check needs, so that nothing can be told. */
export class UnsupportedError extends CredentialError {}
