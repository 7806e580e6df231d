export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}
