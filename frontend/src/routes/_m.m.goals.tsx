import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { GoalsScreen } from '@/goals/phone/GoalsScreen';

export const Route = createFileRoute('/_m/m/goals')({
  beforeLoad: needs('goal.read'),
  component: GoalsScreen,
});
