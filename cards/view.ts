/** How times are shown on one card: what "today" is, and in which zone. */
export interface View {
  readonly now: Date;
  /** IANA zone of the person in a personal chat when it is known, else "UTC". A name the runtime does not know counts as "UTC". */
  readonly zone: string;
}
