/** A request that could not be served, with the status that says so and a name for `error.type`. */
export class ShopError extends Error {
  readonly status: number;

  constructor(name: string, status: number, message: string) {
    super(message);
    this.name = name;
    this.status = status;
  }
}
