// A name is a secret's when it contains one of the first, or is one of the second. Letters only: `API_KEY` is `apikey`.
const parts =
  /password|passwd|passphrase|secret|token|apikey|privatekey|credential|authorization|cookie|sessionid|cardnumber|creditcard/
const wholes = /^(pwd|pass|pin|otp|cvv|cvc|ssn|iban|auth|jwt)$/

/** Names come again and again, and expressions are slow. */
const known = new Map<string, boolean>()
const KNOWN = 10_000

/**
 * Whether a member of this name is taken for a secret, in whatever spelling: password, token, secret, authorization,
 * credit_card and their like.
 */
export function isSecretName(name: string): boolean {
  const answer = known.get(name)
  if (answer !== undefined) return answer
  const letters = name.toLowerCase().replaceAll(/[^a-z]/g, '')
  const isSecret = parts.test(letters) || wholes.test(letters)
  if (known.size < KNOWN) known.set(name, isSecret)
  return isSecret
}
