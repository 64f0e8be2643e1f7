/** A person as Teams asserts it after the token was validated. Only `aadObjectId` decides anything; the name is shown. */
export interface Person {
  readonly aadObjectId: string;
  readonly name: string;
}
