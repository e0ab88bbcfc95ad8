import { createFileRoute } from '@tanstack/react-router';
import { MyShifts } from '@/org/MyShifts';

export const Route = createFileRoute('/_m/m/shifts')({ component: MyShifts });
