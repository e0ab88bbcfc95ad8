import { type ReactNode, useState } from 'react';
import type { Step } from './StepForm';
import { lazily } from './words';

const StepForm = lazily(() => import('./StepForm'));

/** `const [open, form] = useStep()`: render `form` once, call `open({...})` from the actions. */
export function useStep(): [(step: Step) => void, ReactNode] {
  const [step, setStep] = useState<Step | null>(null);
  return [setStep, step && <StepForm key={step.name} step={step} close={() => setStep(null)} />];
}
