import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { CalendarPage } from '@/calendar/CalendarPage';

export const Route = createFileRoute('/_app/calendar')({
  beforeLoad: needs('calendar.read'),
  component: CalendarPage,
});
