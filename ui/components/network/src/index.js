/**
 * What Streamlit calls: once when the component appears and again for every
 * message from Python. One view lives as long as its shadow root.
 */
import { NetworkView } from "./view.js";

/** @type {WeakMap<ParentNode, NetworkView>} */
const views = new WeakMap();

/** @param {import("./types.js").ComponentArguments} component */
export default function mount(component) {
  const { parentElement, data, setTriggerValue } = component;
  let view = views.get(parentElement);
  if (!view) {
    view = new NetworkView(parentElement, data.key);
    views.set(parentElement, view);
  }
  view.send = setTriggerValue;
  view.update(data);
  return () => {
    views.get(parentElement)?.destroy();
    views.delete(parentElement);
  };
}
