/** Why the directory could not be asked, in words that are safe to show and hold no secret. */
export class DirectoryTrouble extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DirectoryTrouble';
  }
}
