import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { PassOnScreen } from '@/service_desk/phone/PassOnScreen';

export const Route = createFileRoute('/_m/m/pass-on')({
  beforeLoad: needs('repair.create', 'case.create'),
  component: PassOnScreen,
});
