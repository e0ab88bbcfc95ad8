import { GoalStrip } from '../GoalStrip';

/** The manager's morning: five figures before everything else. */
export default function GoalCards() {
  return <GoalStrip board="/m/goals" />;
}
