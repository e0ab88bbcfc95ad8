import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { HelpScreen } from '@/service_desk/phone/HelpScreen';

export const Route = createFileRoute('/_m/m/help')({
  beforeLoad: needs('assistance.log'),
  component: HelpScreen,
});
