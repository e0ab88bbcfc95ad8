import { createFileRoute } from '@tanstack/react-router';
import { NoticesScreen } from '@/notices/phone/NoticesScreen';

export const Route = createFileRoute('/_m/m/notices')({
  component: NoticesScreen,
});
