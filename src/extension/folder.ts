/** A folder of ours, with nothing in it but files. What is not there rejects. */
export interface Folder {
  /** Makes it, unless it is there. */
  create(): Promise<void>;
  names(): Promise<string[]>;
  readText(name: string): Promise<string>;
  writeText(name: string, text: string): Promise<void>;
  /** Bytes. */
  size(name: string): Promise<number>;
  /** Does nothing where there is no such file. */
  remove(name: string): Promise<void>;
  /** As engines and readers are told where the file is. */
  pathOf(name: string): string;
}
