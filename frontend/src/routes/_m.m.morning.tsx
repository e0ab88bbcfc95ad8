import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { MorningScreen } from '@/plans/briefings/phone/MorningScreen';

export const Route = createFileRoute('/_m/m/morning')({
  beforeLoad: needs('briefing.read'),
  component: MorningScreen,
});
