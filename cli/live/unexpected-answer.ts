/** An answer that is not what AWS sends for the operation. Its message is a clause about the answer, such as "it has no Role". */
export class UnexpectedAnswer extends Error {
  public readonly name = 'UnexpectedAnswer';
  /** The SDK repeats a request if the status says that the server failed. */
  public readonly $metadata: { readonly httpStatusCode?: number };

  public constructor(message: string, httpStatusCode?: number) {
    super(message);
    this.$metadata = { httpStatusCode };
  }
}
