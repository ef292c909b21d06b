/** What went wrong: `code` for programs, the message for people. */
export class MatineeError extends Error {
  constructor(code, message, detail) {
    super(message);
    this.name = "MatineeError";
    this.code = code;
    this.detail = detail;
  }

  /** The same of anything that was thrown. */
  static of(thrown, code = "internal") {
    if (thrown instanceof MatineeError || thrown?.name === "AbortError") return thrown;
    return new MatineeError(thrown?.code ?? code, thrown?.message ?? String(thrown));
  }
}
