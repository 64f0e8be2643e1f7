/** A terminating error of a function: the pipeline ends failed, with this text and id in its ErrorRecord. */
export class FunctionFailure extends Error {
  readonly errorId: string;
  constructor(text: string, errorId: string) {
    super(text);
    this.errorId = errorId;
  }
}
