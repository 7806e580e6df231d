/** The address of the documentation, for readers of messages. The package does not contain the pages. */
export const DOCS = 'https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs';
