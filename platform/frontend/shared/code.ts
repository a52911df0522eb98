/** "KRTM7W" → "KRT-M7W": two halves are easier to remember across a hall. */
export function spelled(code: string): string {
  return `${code.slice(0, 3)}-${code.slice(3)}`;
}
