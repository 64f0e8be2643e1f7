import {
  type ClixmlObject,
  type ClixmlValue,
  displayText,
  extendedObject,
  propertyOf,
} from '../clixml-value.ts';

export interface ErrorDetails {
  /** Text for a person. */
  readonly message: string;
  /** "CommandNotFoundException", "ParameterArgumentValidationError,Set-WsusBotLimit" and the like. */
  readonly fullyQualifiedErrorId: string;
  /** What the error is about, as text: of a command that was not found, its name. */
  readonly target: string;
}

/** ERROR_RECORD, MS-PSRP 2.2.3.15. */
export function errorRecordData(error: ErrorDetails): ClixmlObject {
  return {
    ...extendedObject({
      Exception: {
        typeNames: ['System.Management.Automation.RuntimeException', 'System.Exception', 'System.Object'],
        display: error.message,
        extended: new Map(),
        adapted: new Map([['Message', error.message]]),
      },
      TargetObject: error.target === '' ? null : error.target,
      FullyQualifiedErrorId: error.fullyQualifiedErrorId,
      InvocationInfo: null,
      ErrorCategory_Category: 0,
      ErrorCategory_Activity: '',
      ErrorCategory_Reason: '',
      ErrorCategory_TargetName: error.target,
      ErrorCategory_TargetType: '',
      ErrorCategory_Message: '',
      SerializeExtendedInfo: false,
    }),
    typeNames: ['System.Management.Automation.ErrorRecord', 'System.Object'],
    display: error.message,
  };
}

/** The parts of an error record that are used; what is missing is empty. */
export function readErrorRecord(data: ClixmlValue): ErrorDetails {
  return {
    message: displayText(data) || displayText(propertyOf(propertyOf(data, 'Exception'), 'Message')),
    fullyQualifiedErrorId: displayText(propertyOf(data, 'FullyQualifiedErrorId')),
    target: displayText(propertyOf(data, 'TargetObject')),
  };
}
