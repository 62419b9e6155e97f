/** A part with a lifetime. `stop` is called once, in reverse order of starting, and must settle within its own limit. */
export interface Service {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts in order; when one fails, those already started are stopped again. Stops in reverse order, all of them. */
export function createLifecycle(services: readonly Service[], onStopError: (name: string, error: unknown) => void) {
  let started: Service[] = [];
  let stopping: string | undefined;

  async function stop(): Promise<void> {
    const running = started.reverse();
    started = [];
    for (const service of running) {
      stopping = service.name;
      try {
        await service.stop();
      } catch (error) {
        onStopError(service.name, error);
      }
    }
    stopping = undefined;
  }

  return {
    async start() {
      for (const service of services) {
        try {
          await service.start();
          started.push(service);
        } catch (error) {
          await stop();
          throw error;
        }
      }
    },
    stop,
    /** The service that is being stopped. */
    stopping: () => stopping,
  };
}
