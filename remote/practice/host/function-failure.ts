/** A terminating error of a function: the pipeline ends failed, with this in its ErrorRecord. */
export class FunctionFailure extends Error {
  /** FullyQualifiedErrorId, as PowerShell composes it: "ParameterArgumentValidationError,Set-WsusBotLimit". */
  readonly errorId: string;
  /** TargetObject as text: of a command that was not found, its name. */
  readonly target: string;

  constructor(text: string, errorId: string, target = '') {
    super(text);
    this.errorId = errorId;
    this.target = target;
  }
}
