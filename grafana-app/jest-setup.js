import './.config/jest-setup';
import { configure } from '@testing-library/react';

// A machine that is busy with other things is slow, and not wrong.
configure({ asyncUtilTimeout: 10_000 });

// react-dom/server asks for MessageChannel, which jsdom lacks; the one of node:worker_threads keeps Jest from ending.
class MessageChannelShim {
  constructor() {
    this.port1 = { onmessage: undefined };
    this.port2 = { postMessage: (data) => setTimeout(() => this.port1.onmessage?.({ data }), 0) };
  }
}

Object.assign(global, { MessageChannel: MessageChannelShim });

class ResizeObserverShim {
  observe() {}
  unobserve() {}
  disconnect() {}
}

Object.assign(global, { ResizeObserver: ResizeObserverShim, IntersectionObserver: ResizeObserverShim });

// jsdom draws nothing; texts get a width and every other call does nothing.
const context = new Proxy(
  { measureText: (text) => ({ width: text.length * 7 }) },
  {
    get: (target, name) => target[name] ?? (() => undefined),
    set: () => true,
  },
);
HTMLCanvasElement.prototype.getContext = () => context;
