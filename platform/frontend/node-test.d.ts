/** As much of Node's test runner as our tests use; Node's own types would bring its globals into the browser's code. */

declare module "node:test" {
  export interface TestContext {
    mock: {
      timers: { enable(options: { apis: string[] }): void; tick(milliseconds: number): void };
      method<T extends object>(target: T, name: keyof T, implementation: () => unknown): void;
    };
  }
  export function test(name: string, body: (context: TestContext) => void | Promise<void>): void;
}

declare module "node:assert/strict" {
  const assert: {
    equal(actual: unknown, expected: unknown, message?: string): void;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    ok(value: unknown, message?: string): asserts value;
    throws(body: () => unknown, expected?: unknown): void;
    rejects(promise: Promise<unknown> | (() => Promise<unknown>), expected?: unknown): Promise<void>;
  };
  export default assert;
}
