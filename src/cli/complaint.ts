/** Why something is not done, or is worth a warning: an entry of the catalogue with its values put in. */
export interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}
